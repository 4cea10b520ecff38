crosstally("unhcr-western-balkans-2024-07",{
"documents":[
 {"figures":[["a1","mixed_movements","count","WBALK","","","","2024-01-01","2024-07-31","","","7900","persons","about","7850","7950",[120,125,4,7],"7,900","some 7,900 refugees","sentence","transits",[]],["a2","mixed_movements","change","WBALK","SYR","M","UASC","2024-01-01","2024-07-31","2023-01-01","2023-07-31","-33","percent","","-33.5","-32.5",[2,72.0,96.1,98.4,108.0],"- 33%","=\"- 33%\",\nsaid twice","sentence","transits",["Serbia and Kosovo","estimated"]]],"hash":"ff00","layout":"2023","left_out":"","number":2,"pages":[],"parts":[{"is":"p"},"some ",["7,900",0]," \u003c/script\u003e\u003cb\u003e refugees",0],"places":[],"size":3534}
],
"findings":[
 {"code":"restated","documents":[2,0],"expected":"7,850 to 7,950","fingerprint":"0123456789abcdef","help":"see which of the two is right","level":2,"message":"8,100 is printed for what was 7,900","more":0,"places":[[0,[120,125,4,7],"8,100","some "," refugees","b1","8,050 to 8,150"],[2,[120,125,4,7],"7,900","some "," refugees","a1","7,850 to 7,950"]],"printed":"8,100","severity":1,"sum":[["2024-08 edition","8,100 (8,050 to 8,150)","given"],["2024-07 edition","7,900 (7,850 to 7,950)","given"],["Difference, at least","100","difference"]]}
]
});
