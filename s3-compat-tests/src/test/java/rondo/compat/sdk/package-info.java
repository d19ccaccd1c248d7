/** The AWS SDK for Java as a client. */
package rondo.compat.sdk;
