/** What a Link's responder says of its lamp, as decode() prints it. */

export const SERVICES = "_services._dns-sd._udp.local";
export const SERVICE = "_hap._tcp.local";
export const INSTANCE = "Lamp._hap._tcp.local";
export const HOST = "lamp-1a.local";

export const ENUMERATION_RECORD = `${SERVICES} PTR 4500 ${SERVICE}`;
export const POINTER_RECORD = `${SERVICE} PTR 4500 ${INSTANCE}`;
export const SERVICE_RECORD = `${INSTANCE} SRV 120! 0 0 8080 ${HOST}`;
export const TEXT = "c#=1|ff=0|id=E1:91:1A:70:85:AA|md=Switch|pv=1.1|s#=1|sf=1|ci=8|sh=yf4bzw==";
export const TEXT_RECORD = `${INSTANCE} TXT 4500! ${TEXT}`;
export const ADDRESS4_RECORD = `${HOST} A 120! 192.0.2.7`;
export const ADDRESS6_RECORD = `${HOST} AAAA 120! 20010db8000000000000000000000007`;
export const INSTANCE_TYPES_RECORD = `${INSTANCE} NSEC 4500! ${INSTANCE} TXT,SRV`;
export const HOST_TYPES_RECORD = `${HOST} NSEC 120! ${HOST} A,AAAA`;

export const ALL_RECORDS = [ENUMERATION_RECORD, POINTER_RECORD, SERVICE_RECORD, TEXT_RECORD, ADDRESS4_RECORD, ADDRESS6_RECORD];

export const ADDRESS4 = [192, 0, 2, 7];
export const ADDRESS6 = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7];
