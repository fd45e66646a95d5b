/** Shows and changes the rollout over HTTP. */
@NullMarked
package dev.idem.service.admin.rollout;

import org.jspecify.annotations.NullMarked;
