/**
 * The runnable service: {@link IdemApplication} puts together what stands in the packages below. They do not know this
 * one, and each other only through what they are given.
 */
@NullMarked
package dev.idem.service;

import org.jspecify.annotations.NullMarked;
