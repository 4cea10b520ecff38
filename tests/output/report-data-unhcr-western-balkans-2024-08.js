crosstally("unhcr-western-balkans-2024-08",{
"documents":[
 {"figures":[["b1","mixed_movements","count","WBALK","","","","2024-01-01","2024-07-31","","","8100","persons","about","8050","8150",[120,125,4,7],"8,100","some 8,100 refugees","sentence","transits",[]]],"hash":"ff00","layout":"2023","left_out":"","number":0,"pages":[[1,595.3,841.9,"ff00000000000000-1.png"]],"parts":[],"places":[],"size":3534}
],
"findings":[
 {"code":"restated","documents":[2,0],"expected":"7,850 to 7,950","fingerprint":"0123456789abcdef","help":"see which of the two is right","level":2,"message":"8,100 is printed for what was 7,900","more":0,"places":[[0,[120,125,4,7],"8,100","some "," refugees","b1","8,050 to 8,150"],[2,[120,125,4,7],"7,900","some "," refugees","a1","7,850 to 7,950"]],"printed":"8,100","severity":1,"sum":[["2024-08 edition","8,100 (8,050 to 8,150)","given"],["2024-07 edition","7,900 (7,850 to 7,950)","given"],["Difference, at least","100","difference"]]}
]
});
