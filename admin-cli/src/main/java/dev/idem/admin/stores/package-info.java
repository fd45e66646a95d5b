/** The way to Redis and PostgreSQL: opened when first needed, embedded ones started if need be, closed at the end. */
@NullMarked
package dev.idem.admin.stores;

import org.jspecify.annotations.NullMarked;
