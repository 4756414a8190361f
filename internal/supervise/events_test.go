package supervise

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"
)

// events reads a stream of server-sent events.
type events struct{ lines *bufio.Reader }

func newEvents(r io.Reader) *events { return &events{bufio.NewReader(r)} }

func (e *events) next() (state, error) {
	for {
		line, err := e.lines.ReadString('\n')
		if err != nil {
			return state{}, err
		}
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			var s state
			err := json.Unmarshal([]byte(data), &s)
			return s, err
		}
	}
}
