package rondo.s3.sweep;

import rondo.s3.lifecycle.DueAction;
import rondo.s3.lifecycle.RuleSubject;

/** A version or an upload, and the action that is due for it. */
record DueSubject(RuleSubject subject, DueAction due) {}
