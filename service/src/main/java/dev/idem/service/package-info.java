/**
 * The runnable service. {@link IdemApplication} assembles the packages below, which do not know this one; they receive
 * what they need from each other as arguments.
 */
@NullMarked
package dev.idem.service;

import org.jspecify.annotations.NullMarked;
