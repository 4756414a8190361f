package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
)

// screen is what a person sees while work goes on: on a terminal one live line
// an account, rewritten in place; elsewhere plain lines. A question has it for
// itself: what happens meanwhile is shown afterwards. Safe for concurrent use.
type screen struct {
	out       io.Writer
	live      bool       // out is a terminal that can be rewritten
	colourful bool       //
	width     func() int // of the terminal, in columns

	mu    sync.Mutex
	lines []liveLine
	drawn int      // live lines on the terminal now
	asked bool     // a question has the screen
	later []func() // what waits for the question to be over, in order
}

// liveLine says what goes on with one account.
type liveLine struct{ account, text string }

// set says what goes on with an account now.
func (s *screen) set(account, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.live {
		s.print(columnGap + account + columnGap + text)
		return
	}
	for i := range s.lines {
		if s.lines[i].account == account {
			s.lines[i].text = text
			s.redraw()
			return
		}
	}
	s.lines = append(s.lines, liveLine{account, text})
	s.redraw()
}

// end removes an account's live line and says for good what came of it.
func (s *screen) end(account, line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(account)
	s.print(line)
}

// endOn removes an account's live line and lets say tell what came of it on
// another stream of the same terminal, above the live lines.
func (s *screen) endOn(account string, say func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(account)
	s.between(say)
}

// between lets say write where the live lines stand. It is called with the
// lock held.
func (s *screen) between(say func()) {
	if s.asked {
		s.later = append(s.later, say)
		return
	}
	s.wipe()
	say()
	s.redraw()
}

func (s *screen) remove(account string) {
	s.lines = slices.DeleteFunc(s.lines, func(l liveLine) bool { return l.account == account })
}

// say prints text above the live lines.
func (s *screen) say(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.print(text)
}

// print is called with the lock held.
func (s *screen) print(text string) {
	s.between(func() { s.write(strings.TrimRight(text, "\n") + "\n") })
}

// question gives the screen to one question until the returned func is called.
// Only one may have it at a time; the caller sees to that.
func (s *screen) question() (over func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wipe()
	s.asked = true
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.asked = false
		for _, say := range s.later {
			s.between(say)
		}
		s.later = nil
		s.redraw()
	}
}

// bell rings where a person sits. It is no text: it disturbs no line.
func (s *screen) bell() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.live {
		s.write("\a") // BEL (ECMA-48)
	}
}

// ask prints a part of a question, without a line's end of its own.
func (s *screen) ask(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.write(text)
}

// wipe takes the live lines off the terminal.
func (s *screen) wipe() {
	if s.drawn > 0 {
		// CUU to the first live line, ED from there to the end (ECMA-48).
		s.write(fmt.Sprintf("\x1b[%dA\r\x1b[J", s.drawn))
		s.drawn = 0
	}
}

func (s *screen) redraw() {
	if !s.live || s.asked {
		return
	}
	s.wipe()
	columns := s.width()
	for _, l := range s.lines {
		// A line that wrapped would be two to go up by.
		s.write(shorten(columnGap+l.account+columnGap+l.text, max(columns-1, 0)) + "\n")
		s.drawn++
	}
}

// close takes the live lines away.
func (s *screen) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = nil
	s.wipe()
}

// write ignores an error: a screen that is gone is no reason to stop what is
// half done, and there is nobody to tell.
func (s *screen) write(text string) { _, _ = io.WriteString(s.out, text) }
