package words

// frenchConfig are the French twins of what room config says.
var frenchConfig = map[string]string{}
