// Package session keeps logins: a Chrome data folder for each person, in which
// they log in once, by hand, in an ordinary window that nothing of ours looks
// into ([Session.Login]); later runs start their Chrome on it.
//
// What is kept are cookies and what the site stored. It is as good as the
// password, so a folder is private (0700), belongs to one person, is used by
// one browser at a time ([Session.Lock]), and is removed wholly
// ([Session.Remove]). Two people's logins never stand in one folder.
package session
