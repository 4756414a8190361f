// Package config reads the person's one file: the accounts and the settings.
//
// Terms: a Setting is one scalar that a flag, a variable, the file or a
// default can give, in that order; a Problem is one thing to mend, with its
// place, and all of them are told at once.
//
// viper merges the settings. It must never see the accounts: it folds keys,
// loses those with dots and reads a phone as an octal number. Each format's
// own decoder makes a tree with positions, and one check reads all trees.
//
// The file holds personal data in clear; nothing that leaves this room in a
// text does.
package config
