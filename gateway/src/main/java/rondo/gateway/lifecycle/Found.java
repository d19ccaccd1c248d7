package rondo.gateway.lifecycle;

import rondo.gateway.s3.lifecycle.Due;
import rondo.gateway.s3.lifecycle.Subject;

/** Something for which something is due. */
record Found(Subject subject, Due due) {}
