/**
 * The end of a protected request, shared by all servers. {@link dev.idem.http.completion.LeaseCompletion} ends its lease.
 * {@link dev.idem.http.completion.ResponseContract} adds the headers about repeats. {@link
 * dev.idem.http.completion.ReplayableHeaders} says which headers a replay repeats.
 */
@NullMarked
package dev.idem.http.completion;

import org.jspecify.annotations.NullMarked;
