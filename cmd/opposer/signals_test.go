package main

import (
	"context"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"opposer/internal/run"
)

// signalled is a process whose signals a test sends.
func signalled() (process, chan os.Signal, chan int) {
	c, exits := make(chan os.Signal), make(chan int, 1)
	p := process{
		signal: func() (signals, end) { return c, func() {} },
		exit:   func(code int) { exits <- code },
	}
	return p, c, exits
}

func TestOnceIsASafeStopTwiceIsNow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c, exits := signalled()
		told := 0
		ctx, s := p.stops(t.Context(), func() { told++ })
		if s.wasAsked() || ctx.Err() != nil {
			t.Fatal("stopped before anybody asked")
		}
		c <- os.Interrupt
		synctest.Wait()
		if !s.wasAsked() || ctx.Err() != nil || told != 1 {
			t.Errorf("after one: asked %v, %v, told %d times", s.wasAsked(), ctx.Err(), told)
		}
		c <- syscall.SIGTERM
		synctest.Wait()
		if ctx.Err() == nil {
			t.Error("after two the work goes on")
		}
		<-time.After(farewell - time.Nanosecond)
		synctest.Wait()
		if len(exits) != 0 {
			t.Error("no time was left to close the browser")
		}
		<-time.After(time.Nanosecond)
		synctest.Wait()
		if len(exits) != 1 || <-exits != run.Stopped {
			t.Error("the process goes on for ever")
		}
		s.close()
	})
}

func TestAThirdDoesNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c, exits := signalled()
		_, s := p.stops(t.Context(), func() {})
		for range 3 {
			c <- os.Interrupt
		}
		if code := <-exits; code != run.Stopped {
			t.Error(code)
		}
		s.close()
	})
}

func TestWorkThatEndsInTimeEndsTheListening(t *testing.T) {
	for signals := range 3 {
		synctest.Test(t, func(t *testing.T) {
			p, c, exits := signalled()
			ctx, s := p.stops(context.Background(), func() {})
			for range signals {
				c <- os.Interrupt
			}
			s.close()
			if len(exits) != 0 {
				t.Error("the process was ended all the same")
			}
			if ctx.Err() == nil {
				t.Error("its context outlives it")
			}
		})
	}
}

func TestListenHearsARealSignal(t *testing.T) {
	c, end := listen()
	defer end()
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if err := self.Signal(syscall.SIGHUP); err != nil {
		t.Skip("signals cannot be sent here: ", err)
	}
	if s := <-c; s != syscall.SIGHUP {
		t.Error(s)
	}
}
