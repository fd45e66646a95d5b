@NullMarked
package dev.idem.service.stores;

import org.jspecify.annotations.NullMarked;
