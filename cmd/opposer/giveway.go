package main

import (
	"context"

	"opposer/internal/gate"
	"opposer/internal/run"
)

// givingWay gives the attempt's turn away while its person is waited for, so
// that other accounts go on meanwhile.
type givingWay struct {
	gate.Channel
	turn *run.Turn
}

// giveWay makes a channel give way. Where nobody is met nothing is waited for.
func giveWay(c gate.Channel, t *run.Turn) gate.Channel {
	if _, nobody := c.(gate.None); nobody {
		return c
	}
	return givingWay{c, t}
}

// Meet meets the person on the channel. The error is the channel's, else that
// of getting the turn back.
func (g givingWay) Meet(ctx context.Context, at gate.Gate, l *gate.Lease) (gate.Answer, error) {
	g.turn.Away()
	a, err := g.Channel.Meet(ctx, at, l)
	if back := g.turn.Back(ctx); err == nil {
		err = back
	}
	return a, err
}
