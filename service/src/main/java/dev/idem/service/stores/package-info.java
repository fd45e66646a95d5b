/**
 * The way to Redis and PostgreSQL: {@link StoresBundle} opens both at the start, embedded ones are started first, and
 * closes them at the end.
 */
@NullMarked
package dev.idem.service.stores;

import org.jspecify.annotations.NullMarked;
