/**
 * Who is calling: a login is answered with an access token (a JWT, signed with HS256), and every other call is made with
 * one. Users themselves are {@link dev.idem.accounts}'.
 */
@NullMarked
package dev.idem.service.auth;

import org.jspecify.annotations.NullMarked;
