package chrome

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/go-rod/rod/lib/proto"
)

// Our scripts, in the order in which they build on each other. Each adds its
// part to one object, `opposer`, in our isolated world; the page's own world
// never sees it.
var (
	//go:embed js/kit.js
	kitJS string
	//go:embed js/role.js
	roleJS string
	//go:embed js/name.js
	nameJS string
	//go:embed js/seen.js
	seenJS string
	//go:embed js/hit.js
	hitJS string
	//go:embed js/shadow.js
	shadowJS string
	//go:embed js/watch.js
	watchJS string
	//go:embed js/text.js
	textJS string
	//go:embed js/facts.js
	factsJS string
	//go:embed js/look.js
	lookJS string
	//go:embed js/act.js
	actJS string
	//go:embed js/guard.js
	guardJS string
	//go:embed js/field.js
	fieldJS string
	//go:embed js/veil.js
	veilJS string
)

// library is all of our scripts as one program, which does nothing where it
// has been run before.
func library() string {
	files := []string{
		kitJS, roleJS, nameJS, seenJS, hitJS, shadowJS, watchJS,
		textJS, factsJS, lookJS, actJS, guardJS, fieldJS, veilJS,
	}
	return "if (!globalThis.opposer) {\n" + strings.Join(files, "\n") + "\nopposer.whole = true;\n}"
}

// caller runs one func of our scripts; it answers absent where they are not
// there yet, which saves asking first.
const caller = `function (name, ...args) {
  if (!globalThis.opposer?.whole) return { absent: true };
  const result = opposer[name](...args);
  return result instanceof Promise ? result.then((value) => ({ value })) : { value: result };
}`

// handler is caller for a func that gives an element: it stays in the page and
// is named by an object id.
const handler = `function (name, ...args) {
  return globalThis.opposer?.whole ? opposer[name](...args) : null;
}`

// script is one call of a func of our scripts.
type script struct {
	name string
	args []any
}

func js(name string, args ...any) script { return script{name, args} }

// object is an argument that stands for an element of the page.
type object proto.RuntimeRemoteObjectID

// scriptError says that a script of ours threw. The page's text, which the
// exception may quote, is left out.
type scriptError struct {
	name string
	line int
	text string
}

func (e *scriptError) Error() string {
	return fmt.Sprintf("running %s in the page: exception at line %d", e.name, e.line)
}

// evaluated is the answer to Runtime.callFunctionOn and Runtime.evaluate.
type evaluated struct {
	Result struct {
		Value    json.RawMessage             `json:"value"`
		Subtype  string                      `json:"subtype"`
		ObjectID proto.RuntimeRemoteObjectID `json:"objectId"`
	} `json:"result"`
	Exception *struct {
		Line      int `json:"lineNumber"`
		Exception struct {
			Description string `json:"description"`
		} `json:"exception"`
	} `json:"exceptionDetails"`
}

// world is an isolated world of ours, with our scripts in it on demand.
type world struct {
	session *session
	context proto.RuntimeExecutionContextID
}

// enter gives our world in a frame's current document.
func (t *Tab) enter(ctx context.Context, frame proto.PageFrameID) (world, error) {
	s, id, err := t.world(ctx, frame)
	return world{s, id}, stale(err)
}

// stale makes [ErrStale] of an error that says that the document is gone.
func stale(err error) error {
	if err != nil && documentGone(err) {
		return fmt.Errorf("%w: %w", ErrStale, err)
	}
	return err
}

func (w world) raw(ctx context.Context, declaration string, byValue bool, c script) (evaluated, error) {
	request := &proto.RuntimeCallFunctionOn{
		FunctionDeclaration: declaration, ExecutionContextID: w.context,
		ReturnByValue: byValue, AwaitPromise: true,
	}
	type argument struct {
		Value    any                         `json:"value,omitempty"`
		ObjectID proto.RuntimeRemoteObjectID `json:"objectId,omitempty"`
	}
	args := []argument{{Value: c.name}}
	for _, a := range c.args {
		if id, ok := a.(object); ok {
			args = append(args, argument{ObjectID: proto.RuntimeRemoteObjectID(id)})
			continue
		}
		args = append(args, argument{Value: a})
	}
	answer, err := w.session.Call(ctx, string(w.session.id), request.ProtoReq(), struct {
		*proto.RuntimeCallFunctionOn
		Arguments []argument `json:"arguments"`
	}{request, args})
	if err != nil {
		return evaluated{}, stale(err)
	}
	return decoded(c.name, answer)
}

func decoded(name string, answer []byte) (evaluated, error) {
	var e evaluated
	if err := json.Unmarshal(answer, &e); err != nil {
		return evaluated{}, fmt.Errorf("reading the answer of %s: %w", name, err)
	}
	if e.Exception != nil {
		return evaluated{}, &scriptError{name, e.Exception.Line, e.Exception.Exception.Description}
	}
	return e, nil
}

// install puts our scripts into the world (Runtime.evaluate), and the func by
// which they speak (Runtime.addBinding; by the world's name it would need the
// Runtime domain enabled, which tells us of every object the page logs).
func (w world) install(ctx context.Context) error {
	binding := proto.RuntimeAddBinding{Name: bindingName, ExecutionContextID: w.context}
	if err := binding.Call(w.session.with(ctx)); err != nil {
		return stale(err)
	}
	answer, err := w.session.Call(ctx, string(w.session.id), "Runtime.evaluate",
		&proto.RuntimeEvaluate{Expression: library(), ContextID: w.context})
	if err != nil {
		return stale(err)
	}
	_, err = decoded("our scripts", answer)
	return err
}

// run calls a func of our scripts and decodes what it gives into result, which
// may be nil. The error is [ErrStale] when the document is gone.
func (w world) run(ctx context.Context, c script, result any) error {
	for range 2 {
		e, err := w.raw(ctx, caller, true, c)
		if err != nil {
			return err
		}
		var out struct {
			Absent bool            `json:"absent"`
			Value  json.RawMessage `json:"value"`
		}
		if err := json.Unmarshal(e.Result.Value, &out); err != nil {
			return fmt.Errorf("reading the answer of %s: %w", c.name, err)
		}
		if !out.Absent {
			if result == nil || len(out.Value) == 0 {
				return nil
			}
			return json.Unmarshal(out.Value, result)
		}
		if err := w.install(ctx); err != nil {
			return err
		}
	}
	return errors.New("running " + c.name + " in the page: our scripts are not there")
}

// element calls a func of our scripts that gives an element; "" when it gives
// none.
func (w world) element(ctx context.Context, c script) (proto.RuntimeRemoteObjectID, error) {
	e, err := w.raw(ctx, handler, false, c)
	if err != nil || e.Result.Subtype == "null" {
		return "", err
	}
	return e.Result.ObjectID, nil
}

// release forgets an element that was named (Runtime.releaseObject). What goes
// wrong is of no consequence: its document is gone then, and it with it.
func (w world) release(ctx context.Context, id proto.RuntimeRemoteObjectID) {
	_ = proto.RuntimeReleaseObject{ObjectID: id}.Call(w.session.with(ctx))
}
