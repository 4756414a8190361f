package rehearsal

// The values below are read by the pages' scripts as well (web/static): a word
// changed here is changed there.
type (
	linkage string // how the Privacy Center's notice leads to the form
	way     string // which way leads to the form besides its own address
	topic   string // how the page about AI leads to the form
	choice  string // what the page of 2026 with a choice of forms is made of
	ask     string // what the question before the form does
	look    string // what the form looks like
	prefill string // what the e-mail field holds when the form appears
	leaving string // when the form goes to the look-alike host
	shell   string // what the form stands in
	country string // how the form asks for the country
	reason  string // what the form wants of a reason
	radios  string // whether the form asks by radio what the request is about
	button  string // what the send button hears
	wire    string // how the form travels
	answer  string // what the submit address says
)

const (
	linkOne  linkage = "one"
	linkTwo  linkage = "two"  // two boxes with the same sentence and link word
	linkNone linkage = "none" // the box has lost its link
	linkTwin linkage = "twin" // a box about ads has the same link word

	wayAll     way = "all"     // the notice, the topic's list and the policy's box
	wayTopic   way = "topic"   // the topic's list only
	wayBox     way = "box"     // the box on top of the policy only
	waySection way = "section" // the policy's section on the right to object only
	wayChoice  way = "choice"  // the choice at the bottom of the topic only

	topicList  topic = "list"
	topicPanel topic = "panel" // an entry that has to be opened first

	choiceLinks  choice = "links"
	choiceRadios choice = "radios" // radios and a button "Next"

	askNever   ask = "never"
	askNext    ask = "next"    // then "Next" leads to the form
	askReveals ask = "reveals" // the form appears below the answer

	lookClassic look = "classic"
	lookPortal  look = "portal" // the form's address leads to the request portal
	lookSwitch  look = "switch" // the choice of a country leads there

	prefillNone  prefill = "none"
	prefillOwn   prefill = "own"   // the logged-in person's, else Options.Prefill
	prefillOther prefill = "other" // somebody else's: OtherEmail

	leaveNever   leaving = "never"
	leaveAtOnce  leaving = "at-once"  // the form's address redirects
	leaveOnFocus leaving = "on-focus" // a script goes there when a field is entered

	shellPage   shell = "page"
	shellFrame  shell = "frame"  // a frame of help.meta.com
	shellShadow shell = "shadow" // a closed shadow root

	countryNone      country = "none"
	countryTypeahead country = "typeahead"
	countrySelect    country = "select"

	reasonOptional reason = "optional"
	reasonRequired reason = "required"
	reasonLong     reason = "long" // at least a hundred characters

	radiosNone  radios = "none"
	radiosKeep  radios = "keep"
	radiosReset radios = "reset" // typing into a later field clears them

	buttonHears  button = "hears"
	buttonDeaf   button = "deaf"
	buttonSecond button = "second" // the first press is lost

	wireFetch     wire = "fetch"
	wireXHR       wire = "xhr"
	wireTwice     wire = "twice" // a script's own retry, sent without being asked
	wireKeepalive wire = "keepalive"
	wireBeacon    wire = "beacon"     // telemetry without values goes first
	wireToldFirst wire = "told-first" // the form waits for telemetry's answer
	wireNative    wire = "native"     // a form's own POST and a new page
	wireGraph     wire = "graphql"    // the values travel as JSON inside one field

	answerTaken   answer = "taken"
	answerRefused answer = "refused"
	answerUnclear answer = "unclear"
	answerBroken  answer = "broken" // HTTP 500
	answerError   answer = "error"  // HTTP 200, errorSummary in the body
	answerField   answer = "field"  // the first time a field is wrong, then taken
	answerCode    answer = "code"   // a code by mail is wanted before it counts
	answerAlready answer = "already"
)

// traits is everything that can differ between scenarios.
type traits struct {
	unreachable bool // every connection is broken before TLS
	login       bool // a login stands before every page
	twoFactor   bool // the login wants a code too
	saveLogin   bool // after the login Instagram offers to remember it
	locked      bool // the account is locked
	ads         bool // the choice about ads stands before every page
	cookiesTwo  bool // after the login the cookies are asked for once more
	alert       bool // alert() on load
	captcha     captchaVendor
	textCaptcha bool // the letters of a picture are wanted after the first send
	picture     bool // they are wanted before every page
	codeTwice   bool // after the right code a second one is wanted
	codeBoxes   bool // a box for each digit
	expires     bool // the session ends once before the form is sent
	alreadyIn   bool // somebody else is logged in
	slow        bool // the answer waits, see Options.SlowFor and Release
	privacyGone bool // 404 for the Privacy Center
	formGone    bool // 404 for the form
	firstGone   bool // 404 for the form's first number only
	formEmpty   bool // the form's page stands there without a form
	thanks      bool // the page says thanks whatever the answer is
	message     bool // the notice comes when a message is pressed
	lazy        bool // sections and forms come when they are scrolled to
	shredded    bool // texts are cut into spans, with no-break spaces
	twins       bool // links, fields and buttons have twins that nobody can see
	bare        bool // the portal's e-mail boxes have no label of their own
	more        bool // a second text, optional
	links       linkage
	way         way
	topic       topic
	choice      choice
	ask         ask
	look        look
	prefill     prefill
	leaving     leaving
	shell       shell
	country     country
	reason      reason
	radios      radios
	button      button
	wire        wire
	answer      answer
	codes       codes
}

// plain is the ordinary site, from which every scenario departs.
func plain() traits {
	return traits{
		links: linkOne, way: wayAll, topic: topicList, choice: choiceLinks, ask: askNever, look: lookClassic,
		prefill: prefillNone, leaving: leaveNever, shell: shellPage, country: countryNone,
		reason: reasonOptional, radios: radiosNone, button: buttonHears, wire: wireFetch, answer: answerTaken,
		captcha: captchaNone, codes: codesKnown,
	}
}

// notice is how the Privacy Center's notice leads to the form here.
func (t traits) notice() linkage {
	if t.way != wayAll {
		return linkNone
	}
	return t.links
}
