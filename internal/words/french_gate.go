package words

// frenchGate are the French twins of what room gate says.
var frenchGate = map[string]string{}
