@NullMarked
package dev.idem.service;

import org.jspecify.annotations.NullMarked;
