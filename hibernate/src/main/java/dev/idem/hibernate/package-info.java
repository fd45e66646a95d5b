/**
 * Hibernate in the transactions of atomic methods: an application gives {@link dev.idem.hibernate.HibernateSessions} to the bundle.
 */
@NullMarked
package dev.idem.hibernate;

import org.jspecify.annotations.NullMarked;
