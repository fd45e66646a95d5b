/** What lines of the log have beside their text, for those who read them by machine. No user, key or token is in it. */
@NullMarked
package dev.idem.http.log;

import org.jspecify.annotations.NullMarked;
