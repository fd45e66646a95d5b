/** Tests of how PostgreSQL's certificate is verified. */
@NullMarked
package dev.idem.postgres.tls;

import org.jspecify.annotations.NullMarked;
