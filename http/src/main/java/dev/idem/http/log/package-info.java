/** Structured fields of log lines, for machines. They carry no user, key or token. */
@NullMarked
package dev.idem.http.log;

import org.jspecify.annotations.NullMarked;
