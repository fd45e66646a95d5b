/** Addresses of machines, read without asking anybody what a name stands for. */
@NullMarked
package dev.idem.service.address;

import org.jspecify.annotations.NullMarked;
