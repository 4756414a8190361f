package chrome

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/go-rod/rod/lib/proto"
)

// setupWithin bounds the preparation of a new target: until it is done the
// target stands still.
const setupWithin = 15 * time.Second

// attached hears of a new target: ours, a pop-up, a frame in a process of its
// own, or a worker. It is paused until prepare lets it run, so that its first
// script and its first request find us listening.
func attached(parent *session, e *proto.TargetAttachedToTarget) {
	b := parent.browser
	if e.TargetInfo == nil || e.SessionID == "" {
		return
	}
	s := &session{browser: b, parent: parent, id: e.SessionID, target: e.TargetInfo.TargetID, kind: e.TargetInfo.Type, life: newLife()}
	s.owner = b.ownerOf(parent, e.TargetInfo)
	b.mu.Lock()
	b.sessions[s.id] = s
	if s.owner != nil { // a shared worker's requests name its target as their frame
		b.holders[s.frame()] = s.owner.tab
	}
	b.mu.Unlock()
	if s.owner != nil {
		s.owner.tab.gained(s, e.TargetInfo)
	}
	detachedPage := e.TargetInfo.OpenerID != "" && !e.TargetInfo.CanAccessOpener
	b.task(func() { s.prepare(e.WaitingForDebugger, detachedPage) })
}

// framed reports whether the session's target is a page or frame, whose target
// id is the id of its top frame.
func (s *session) framed() bool {
	return s.kind == proto.TargetTargetInfoTypePage || s.kind == kindFrame
}

func (s *session) frame() proto.PageFrameID { return proto.PageFrameID(s.target) }

// ownerOf finds the tab that a new target belongs to: its parent's; for a page,
// the tab being opened in its context, else the tab whose page opened it; for a
// shared or service worker the newest tab of its context.
func (b *Browser) ownerOf(parent *session, info *proto.TargetTargetInfo) *owner {
	if parent.owner != nil {
		return &owner{tab: parent.owner.tab, popup: parent.owner.popup || info.Type == proto.TargetTargetInfoTypePage}
	}
	b.mu.Lock()
	c := b.contexts[info.BrowserContextID]
	if c == nil {
		c = b.contexts[""] // the browser's own, which a kept login uses
	}
	opener := b.holders[proto.PageFrameID(info.OpenerID)]
	b.mu.Unlock()
	if c == nil {
		return nil
	}
	if info.Type == proto.TargetTargetInfoTypePage {
		if t := c.expected(info); t != nil {
			return &owner{tab: t}
		}
	}
	if opener == nil {
		opener = c.newest()
	}
	if opener == nil {
		return nil
	}
	return &owner{tab: opener, popup: true}
}

// patience is how long a target stands still for us at most. A page opened
// without an opener has no renderer yet and answers only once it runs: it is
// let run as soon as our calls are on their way.
const (
	patience = 3 * time.Second
	headway  = 50 * time.Millisecond
)

// prepare enables what we listen to on a new session and lets it run. A target
// that ends meanwhile is no error.
func (s *session) prepare(waiting, detachedPage bool) {
	ctx, cancel := context.WithTimeout(context.Background(), setupWithin)
	defer cancel()
	bound := s.with(ctx)
	enabled := make(chan error, 1)
	s.browser.task(func() { enabled <- s.enable(bound) })
	wait := patience
	if detachedPage {
		wait = headway
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	var err error
	select {
	case err = <-enabled:
	case <-timer.C:
	case <-s.browser.ended:
		err = ErrGone
	}
	if waiting {
		err = errors.Join(err, proto.RuntimeRunIfWaitingForDebugger{}.Call(bound))
	}
	if s.owner != nil && !s.owner.popup && s.kind == proto.TargetTargetInfoTypePage {
		s.owner.tab.prepared(err)
	}
	if err != nil && !errors.Is(err, ErrGone) {
		s.browser.log.Debug().Err(err).Str("kind", string(s.kind)).Msg("a part of the page could not be watched")
	}
}

// enable makes the calls of prepare, all at once: none needs another's answer.
// Pages and frames are watched wholly, workers for their requests, other
// targets not at all.
func (s *session) enable(bound *session) error {
	if s.owner == nil {
		return nil
	}
	calls := s.netCalls(bound)
	switch s.kind {
	case proto.TargetTargetInfoTypePage, kindFrame:
		calls = append(calls, s.pageCalls(bound)...)
	case kindWorker, proto.TargetTargetInfoTypeSharedWorker, proto.TargetTargetInfoTypeServiceWorker:
	default:
		return nil
	}
	var all sync.WaitGroup
	problems := make([]error, len(calls))
	for i, call := range calls {
		all.Go(func() { problems[i] = call() })
	}
	all.Wait()
	return errors.Join(problems...)
}

func (s *session) netCalls(bound *session) []func() error {
	none := 0 // a body is read at the hold, never copied into events
	calls := []func() error{
		func() error { return proto.NetworkEnable{MaxPostDataSize: &none}.Call(bound) },
		func() error { return attachAll(bound) },
	}
	if s.owner.tab.guard.BlockSockets {
		calls = append(calls, func() error { return blockSockets(bound) })
	}
	return calls
}

// blockSockets takes the network away from WebSockets alone, which no other
// part of the protocol reaches: Network.setBlockedURLs lets them pass as of
// Chrome 156, whatever the pattern. A Chrome that does not know the call has
// the older one. Where neither works the open socket is seen, and the tab is
// not armed.
func blockSockets(s *session) error {
	type rule struct {
		Pattern  string  `json:"urlPattern"`
		Latency  float64 `json:"latency"`
		Download float64 `json:"downloadThroughput"`
		Upload   float64 `json:"uploadThroughput"`
	}
	params := struct {
		Offline bool   `json:"offline"`
		Rules   []rule `json:"matchedNetworkConditions"`
	}{true, []rule{{"ws://*:*/*", 0, -1, -1}, {"wss://*:*/*", 0, -1, -1}}}
	_, err := s.Call(s.GetContext(), string(s.id), "Network.emulateNetworkConditionsByRule", params)
	if _, refused := errors.AsType[*callError](err); refused {
		return proto.NetworkSetBlockedURLs{Urls: []string{"ws://*", "wss://*"}}.Call(s)
	}
	return err
}

func (s *session) pageCalls(bound *session) []func() error {
	calls := []func() error{
		func() error { return proto.NetworkSetBypassServiceWorker{Bypass: true}.Call(bound) },
		func() error { return proto.InspectorEnable{}.Call(bound) },
		func() error { return proto.PageEnable{}.Call(bound) },
		func() error { return proto.PageSetLifecycleEventsEnabled{Enabled: true}.Call(bound) },
		func() error {
			return proto.RuntimeAddBinding{Name: bindingName, ExecutionContextName: worldName}.Call(bound)
		},
		func() error { return s.learnFrames(bound) },
	}
	if locale := s.owner.tab.context.options.Locale; locale != "" {
		calls = append(calls, func() error {
			// Refused where another session of the same process has set it: it holds there too.
			_ = proto.EmulationSetLocaleOverride{Locale: locale}.Call(bound)
			return nil
		})
	}
	return calls
}

// learnFrames takes over the frames that exist already.
func (s *session) learnFrames(bound *session) error {
	tree, err := proto.PageGetFrameTree{}.Call(bound)
	if err != nil {
		return err
	}
	s.owner.tab.learn(s, tree.FrameTree)
	return nil
}

// detached hears that a target is no more, or no more ours.
func detached(parent *session, e *proto.TargetDetachedFromTarget) {
	b := parent.browser
	if s := b.session(e.SessionID); s != nil && s != b.root {
		b.ends(s, ErrGone)
	}
}

// ends makes a session's end known to its calls and to its tab.
func (b *Browser) ends(s *session, why error) {
	s.life.stop(why)
	b.mu.Lock()
	if s.id != "" {
		delete(b.sessions, s.id)
	}
	b.mu.Unlock()
	if s.owner != nil {
		s.owner.tab.lost(s)
	}
}

func targetCrashed(parent *session, e *proto.TargetTargetCrashed) {
	if e.TargetID == "" {
		return
	}
	b := parent.browser
	b.mu.Lock()
	var hit []*session
	for _, s := range b.sessions {
		if s.target == e.TargetID {
			hit = append(hit, s)
		}
	}
	b.mu.Unlock()
	for _, s := range hit {
		crashed(s, nil)
	}
}

// crashed hears that a renderer died. Nothing that was asked of it is ever
// answered; the tab itself can be navigated again.
func crashed(s *session, _ *proto.InspectorTargetCrashed) {
	if s.parent == nil {
		return // the browser's own session has no renderer
	}
	s.life.stop(ErrCrashed)
	if s.owner != nil {
		s.owner.tab.broke(s)
	}
}
