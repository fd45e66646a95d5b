@NullMarked
package dev.idem.service.body;

import org.jspecify.annotations.NullMarked;
