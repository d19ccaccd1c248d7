/**
 * The files of backups. A folder or bucket with backups looks so:
 *
 * <pre>
 * backups/ID/manifest.json      written last: without it a backup isn't whole
 * backups/ID/cluster            whose backup it is
 * backups/ID/rows-000001 ...    rows in the order of their keys, sealed
 * backups/ID/keys               master keys, sealed
 * backups/ID/chunks-000001 ...  the names of the chunks, a line each
 * chunks/KEY/ab12/BLOB-INDEX-SHA256   a chunk, sealed; shared by all backups under one recovery key
 * </pre>
 *
 * <ul>
 *   <li>{@link BackupManifest} says what a backup is made of.
 *   <li>{@link BackupFiles} has the names and hashes of the files.
 *   <li>{@link RowFile} has the rows.
 *   <li>{@link RowBlobs} finds the blobs that rows name.
 *   <li>{@link RecoveryKey} is the operator's key.
 *   <li>{@link SealedFile} is sealed to that key.
 *   <li>{@link BackupKeys} has the master keys in a backup.
 *   <li>{@link BackupTarget} keeps files.
 *   <li>{@link FolderTarget} keeps them in a folder.
 *   <li>{@link S3Target} keeps them in a bucket of any S3 endpoint.
 *   <li>{@link S3Access} says how that is reached.
 *   <li>{@link S3Calls} sends the requests.
 *   <li>{@link BackupException} says in a sentence what is wrong.
 * </ul>
 */
@NullMarked
package rondo.server.backup.file;

import org.jspecify.annotations.NullMarked;
