/** {@code idem-admin}, the operator's tool: what is in the stores, what is stuck, and how to get it loose. */
@NullMarked
package dev.idem.admin;

import org.jspecify.annotations.NullMarked;
