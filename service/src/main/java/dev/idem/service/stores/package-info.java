/**
 * Opens Redis and PostgreSQL at the start, after starting the embedded ones, and closes them at the end: {@link
 * StoresBundle}.
 */
@NullMarked
package dev.idem.service.stores;

import org.jspecify.annotations.NullMarked;
