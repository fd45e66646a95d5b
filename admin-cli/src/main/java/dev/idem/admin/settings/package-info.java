/** Which stores the command works on: the same config.yml and environment that the service reads. */
@NullMarked
package dev.idem.admin.settings;

import org.jspecify.annotations.NullMarked;
