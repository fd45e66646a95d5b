/** For whom the layer works, as operators see and change it over HTTP. */
@NullMarked
package dev.idem.service.admin.rollout;

import org.jspecify.annotations.NullMarked;
