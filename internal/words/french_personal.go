package words

// frenchPersonal are the French twins of what room personal says.
var frenchPersonal = map[string]string{}
