package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"opposer/internal/gate"
	"opposer/internal/personal"
	"opposer/internal/words"
)

// pty opens a pseudo-terminal (pty(7)): the person's side and the program's.
func pty(t *testing.T) (person, program *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo-terminals here: ", err)
	}
	t.Cleanup(func() { _ = person.Close() })
	if err := unix.IoctlSetPointerInt(int(person.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(person.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = program.Close() })
	return person, program
}

func echoes(t *testing.T, f *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

// TestACodeIsNotShown types a code at a real terminal and reads what the
// terminal shows of it.
func TestACodeIsNotShown(t *testing.T) {
	person, program := pty(t)
	seen := &shown{news: make(chan struct{}, 1)}
	term := &terminal{
		screen:   &screen{out: seen, width: func() int { return 80 }},
		keyboard: newKeyboard(program), lang: words.English, turn: make(chan struct{}, 1),
	}
	if !isTerminal(program) || columns(program) != 0 {
		t.Fatal("the pseudo-terminal is none")
	}
	g := gate.Gate{Kind: gate.Code, Service: "Facebook", Account: "marie-fb", Need: words.T("Nothing was sent.")}
	type met struct {
		gate.Answer
		error
	}
	done := make(chan met, 1)
	go func() {
		a, err := term.Meet(t.Context(), g, gate.Offer())
		done <- met{a, err}
	}()
	waitHidden(t, program, seen)
	if _, err := person.WriteString("482913\n"); err != nil {
		t.Fatal(err)
	}
	m := <-done
	if m.error != nil || m.Verb != gate.Give || m.Code.Reveal(personal.ForTyping) != "482913" {
		t.Errorf("%v %v", m.Verb, m.error)
	}
	if !echoes(t, program) {
		t.Error("the terminal stays without echo")
	}
	// What the terminal itself showed until a line that we have it show now.
	if _, err := program.WriteString("that was all\n"); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(person)
	var all strings.Builder
	for !strings.Contains(all.String(), "that was all") {
		line, err := r.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(line)
	}
	if strings.Contains(all.String(), "482913") || strings.Contains(seen.String(), "482913") {
		t.Errorf("the code is shown: %q", all.String())
	}
}

// waitHidden waits until the prompt stands; then the echo is off or about to
// be: the reading begins after it.
func waitHidden(t *testing.T, program *os.File, seen *shown) {
	t.Helper()
	seen.holds(t, "> ")
	for echoes(t, program) {
		if t.Context().Err() != nil {
			t.Fatal("the echo was never turned off")
		}
	}
}

func TestEchoComesBackWhenNobodyTypes(t *testing.T) {
	_, program := pty(t)
	show, err := hide(program)
	if err != nil {
		t.Fatal(err)
	}
	if echoes(t, program) {
		t.Error("not hidden")
	}
	show()
	if !echoes(t, program) {
		t.Error("hidden for good")
	}
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := hide(file); err == nil {
		t.Error("a file has no echo")
	}
}
