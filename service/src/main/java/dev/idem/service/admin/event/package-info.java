/** The audit trail, for operators: what happened to a key, a scope, or a node. */
@NullMarked
package dev.idem.service.admin.event;

import org.jspecify.annotations.NullMarked;
