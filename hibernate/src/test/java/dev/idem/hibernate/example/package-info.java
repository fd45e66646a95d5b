/** The application of {@code docs/hibernate.md}. */
@NullMarked
package dev.idem.hibernate.example;

import org.jspecify.annotations.NullMarked;
