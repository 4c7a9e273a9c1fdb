#ifndef __HAP_XS_PROCESS__
#define __HAP_XS_PROCESS__

/** What JavaScript sees as arguments; signals of a gone peer are ignored from here on. */
void processStart(int argc, char** argv);
/** The same, the first of which is at `argv`. */
int processArguments(char*** argv);

#endif
