/** TLS to Redis with certificates from PEM files, and failures that name the certificate. */
@NullMarked
package dev.idem.redis.tls;

import org.jspecify.annotations.NullMarked;
