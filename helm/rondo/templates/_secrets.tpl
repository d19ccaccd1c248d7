{{/*
The data of the generated secrets, in .Values.generated: made once a rendering, so that a checksum is of what is
installed. What the cluster has already is kept.
*/}}
{{- define "rondo.generate" -}}
{{- if not (hasKey .Values "generated") -}}
{{- include "rondo.check" . -}}
{{- include "rondo.refuseNew" . -}}
{{- $root := dict -}}
{{- $token := dict -}}
{{- $admin := dict -}}
{{- if not .Values.bootstrapSecrets.enabled -}}
{{- if not .Values.root.existingSecret }}{{ $root = include "rondo.kept" (list . (include "rondo.rootSecret" .)) | fromYaml }}{{ end -}}
{{- if not .Values.joinToken.existingSecret }}{{ $token = include "rondo.kept" (list . (include "rondo.tokenSecret" .)) | fromYaml }}{{ end -}}
{{- if and .Values.admin.enabled (not .Values.admin.existingSecret) }}{{ $admin = include "rondo.kept" (list . (include "rondo.adminSecret" .)) | fromYaml }}{{ end -}}
{{- $root = include "rondo.newRoot" (list . $root) | fromYaml -}}
{{- $token = include "rondo.newToken" (list . $token) | fromYaml -}}
{{- $admin = include "rondo.newAdmin" (list . $admin) | fromYaml -}}
{{- end -}}
{{- $_ := set .Values "generated" (dict "root" $root "token" $token "admin" $admin) -}}
{{- end -}}
{{- end }}

{{/* Whether there is a cluster to look things up in: only a cluster tells its kinds of objects beside its groups. */}}
{{- define "rondo.live" -}}
{{- if .Capabilities.APIVersions.Has "v1/Secret" }}true{{ end -}}
{{- end }}

{{/* The data of a secret that the cluster has. */}}
{{- define "rondo.data" -}}
{{- $top := index . 0 -}}
{{- if include "rondo.live" $top -}}
{{- (lookup "v1" "Secret" $top.Release.Namespace (index . 1)).data | default dict | toYaml -}}
{{- else -}}
{}
{{- end -}}
{{- end }}

{{- define "rondo.kept" -}}
{{- if (index . 0).Values.keepSecrets }}{{ include "rondo.data" . }}{{ else }}{}{{ end -}}
{{- end }}

{{/* Without a cluster each rendering would make secrets that the nodes' data doesn't fit. */}}
{{- define "rondo.refuseNew" -}}
{{- $top := . -}}
{{- with .Values -}}
{{- $missing := list -}}
{{- if not (or .root.existingSecret .root.accessKey) }}{{ $missing = append $missing "root.existingSecret" }}{{ end -}}
{{- if not .joinToken.existingSecret }}{{ $missing = append $missing "joinToken.existingSecret" }}{{ end -}}
{{- if and .admin.enabled (not .admin.existingSecret) }}{{ $missing = append $missing "admin.existingSecret" }}{{ end -}}
{{- if and .keepSecrets (not .bootstrapSecrets.enabled) $missing (not (include "rondo.live" $top)) -}}
{{- fail (printf "this rendering sees no cluster, so it can't keep the secrets that are there: set bootstrapSecrets.enabled to true, so that a job makes them in the cluster, or name %s, as docs/kubernetes.md shows for GitOps, or set keepSecrets to false to have new ones with each rendering" (join ", " $missing)) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "rondo.newRoot" -}}
{{- $kept := index . 1 -}}
{{- with (index . 0).Values.root -}}
{{- if not .existingSecret -}}
access-key: {{ .accessKey | b64enc | default (get $kept "access-key") | default (randAlphaNum 20 | upper | b64enc) }}
secret-key: {{ .secretKey | b64enc | default (get $kept "secret-key") | default (randAlphaNum 40 | b64enc) }}
{{- if .olderAccessKey }}
older-access-key: {{ .olderAccessKey | b64enc }}
older-secret-key: {{ .olderSecretKey | b64enc }}
{{- end }}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The cluster's first authority, and its master keys. */}}
{{- define "rondo.newToken" -}}
{{- $kept := index . 1 -}}
{{- with (index . 0).Values.joinToken -}}
{{- if get $kept "join-token" -}}
join-token: {{ get $kept "join-token" }}
{{- else if not .existingSecret -}}
{{- $authority := genCA "rondo" (int .validDays) -}}
{{- $lines := printf "sse-s3=%s\naws/s3=%s\n" (randBytes 32) (randBytes 32) | b64enc -}}
{{- $masterKeys := printf "-----BEGIN RONDO MASTER KEYS-----\n%s\n-----END RONDO MASTER KEYS-----\n" $lines -}}
join-token: {{ printf "%s%s%s" $masterKeys $authority.Cert $authority.Key | b64enc }}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Names in the admin port's certificate beside localhost, with commas. */}}
{{- define "rondo.adminHosts" -}}
{{- $name := include "rondo.name" . -}}
{{- $service := printf "%s-admin.%s.svc" $name .Release.Namespace -}}
{{- join "," (list (printf "%s-admin" $name) $service (printf "%s.cluster.local" $service) (printf "*.%s" (include "rondo.nodesDomain" .))) -}}
{{- end }}

{{/* A certificate for the admin port, by an authority whose key is thrown away. */}}
{{- define "rondo.newAdmin" -}}
{{- $top := index . 0 -}}
{{- $kept := index . 1 -}}
{{- if get $kept "tls.crt" -}}
{{- $kept | toYaml -}}
{{- else if and $top.Values.admin.enabled (not $top.Values.admin.existingSecret) -}}
{{- $name := include "rondo.name" $top -}}
{{- $days := int $top.Values.admin.validDays -}}
{{- $authority := genCA (printf "%s-admin" $name) $days -}}
{{- $names := prepend (splitList "," (include "rondo.adminHosts" $top)) "localhost" -}}
{{- $certificate := genSignedCert "rondo-admin" (list "127.0.0.1" "::1") $names $days $authority -}}
tls.crt: {{ $certificate.Cert | b64enc }}
tls.key: {{ $certificate.Key | b64enc }}
ca.crt: {{ $authority.Cert | b64enc }}
{{- end -}}
{{- end }}

{{/* Changes when nodes have to be restarted to know their secrets. */}}
{{- define "rondo.checksum" -}}
{{- include "rondo.generate" . -}}
{{- $parts := list (toJson .Values.generated.root) .Values.root.existingSecret .Values.masterKeys.existingSecret -}}
{{- range $name := list .Values.root.existingSecret .Values.masterKeys.existingSecret -}}
{{- if $name }}{{ $parts = append $parts (include "rondo.data" (list $ $name)) }}{{ end -}}
{{- end -}}
{{- $parts | toJson | sha256sum -}}
{{- end }}

{{/* Refuses named secrets that are there and lack a key. */}}
{{- define "rondo.checkNamed" -}}
{{- $wanted := list (list .Values.root.existingSecret "access-key" "secret-key") (list .Values.joinToken.existingSecret "join-token") (list .Values.masterKeys.existingSecret .Values.masterKeys.key) (list .Values.tls.existingSecret "tls.crt" "tls.key") (list .Values.admin.existingSecret "tls.crt" "tls.key" "ca.crt") -}}
{{- range $wanted -}}
{{- $name := first . -}}
{{- $found := dict -}}
{{- if $name }}{{ $found = include "rondo.data" (list $ $name) | fromYaml }}{{ end -}}
{{- range $key := rest . -}}
{{- if and $found (not (hasKey $found $key)) }}{{ fail (printf "the secret %s has no key %s; it has: %s" $name $key (keys $found | sortAlpha | join ", ")) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- end }}
