package words

// frenchChrome are the French twins of what room chrome says.
var frenchChrome = map[string]string{}
