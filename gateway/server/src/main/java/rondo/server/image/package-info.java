/**
 * A container image of the running program, made without a daemon: an OCI layout with a base from
 * the distribution's packages, a Java runtime cut to size, the program, and what a JVM has learnt
 * of it.
 *
 * <ul>
 *   <li>{@link ImageCommand} is the command.
 *   <li>{@link Architecture} is a kind of processor, by the names that others give it.
 *   <li>{@link ImageBuild} lays out the image's root.
 *   <li>{@link BasePackages} has the files that Java needs of a system, and a shell.
 *   <li>{@link JavaRuntime} cuts the JDK to size, and has it learn what a node does.
 *   <li>{@link ProgramJars} copies the program's jars without other processors' code.
 *   <li>{@link MaterialsBill} lists what the image is made of.
 *   <li>{@link ImageLayer} says which files are a layer, and packs them.
 *   <li>{@link TarStream} writes an archive that follows from its files alone.
 *   <li>{@link OciLayout} writes manifests and the index.
 *   <li>{@link ToolRun} runs another program.
 * </ul>
 */
@NullMarked
package rondo.server.image;

import org.jspecify.annotations.NullMarked;
