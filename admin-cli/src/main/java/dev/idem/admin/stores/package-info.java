/** Opens Redis and PostgreSQL when they are first needed, starts embedded ones, and closes them at the end. */
@NullMarked
package dev.idem.admin.stores;

import org.jspecify.annotations.NullMarked;
