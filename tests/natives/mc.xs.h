/* Names of properties that natives set, as tests see them. */

enum { xsID_aid, xsID_iid };
