/**
 * Requests and answers as data, and two ways of sending them: as the JDK does, and byte by byte for what it refuses to send.
 */
@NullMarked
package dev.idem.conformance.http;

import org.jspecify.annotations.NullMarked;
