package rondo.s3.sweep;

import rondo.s3.lifecycle.DueAction;
import rondo.s3.lifecycle.RuleSubject;

/** Something for which something is due. */
record DueSubject(RuleSubject subject, DueAction due) {}
