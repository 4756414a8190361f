// Package personal is what is known of a person, masked by construction: every
// way of printing a value (String, Format, MarshalText: what fmt, JSON and the
// log ask for) gives its masked form, and [Email.Reveal] with a named [Purpose]
// is the only way out.
//
// It owns the masks ([MaskEmail], [MaskPhone]), the [Masker] that finds and
// hides known values and everything shaped like one in text in any encoding,
// and [Observed], a value read from a page.
package personal
