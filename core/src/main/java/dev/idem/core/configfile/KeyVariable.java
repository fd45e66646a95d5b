package dev.idem.core.configfile;

/**
 * What fills in the value of a key.
 *
 * @param variable whose content it is; the first if there are several
 * @param before what the file itself writes before it
 * @param after what the file itself writes after it
 */
public record KeyVariable(String variable, String before, String after) {}
