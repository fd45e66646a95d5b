/** How the stores are: who decides, who answers and how fast, and how far PostgreSQL lags behind. */
@NullMarked
package dev.idem.service.admin.store;

import org.jspecify.annotations.NullMarked;
