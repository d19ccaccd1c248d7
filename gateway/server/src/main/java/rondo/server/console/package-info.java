/**
 * The console: pages for a browser, and what they ask of the node.
 *
 * <ul>
 *   <li>{@link ConsoleServer} listens, and tells pages, questions and objects apart.
 *   <li>{@link ConsoleFiles} has the pages' files from the jar.
 *   <li>{@link ConsoleHeaders} keeps browsers from doing more with an answer than the console
 *       means.
 *   <li>{@link ConsoleApi} answers the pages' questions, each for a session.
 *   <li>{@link ConsoleQuestion} is one such question.
 *   <li>{@link ConsoleNode} is what the console has of its node.
 *   <li>{@link AdminCalls} is the admin API as the console calls it.
 *   <li>{@link ConsoleSessions} keeps the sessions of this node.
 *   <li>{@link ConsoleSession} is the sign-in of a person by an access key.
 *   <li>{@link SessionCookie} carries a session's name in a browser.
 *   <li>{@link SignInThrottle} slows down those who guess keys.
 *   <li>{@link PageOrigin} tells requests of the console's own pages from forged ones.
 *   <li>{@link SessionFront} has S3 answer a session's requests.
 *   <li>{@link ShareLinks} signs links to objects.
 * </ul>
 */
@NullMarked
package rondo.server.console;

import org.jspecify.annotations.NullMarked;
