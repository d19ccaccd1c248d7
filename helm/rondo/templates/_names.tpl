{{/* Services want names without dots that begin with a letter. */}}
{{- define "rondo.name" -}}
{{- $release := .Release.Name | replace "." "-" -}}
{{- if not (regexMatch "^[a-z]" $release) }}{{ $release = printf "rondo-%s" $release }}{{ end -}}
{{- if contains "rondo" $release -}}
{{- $release | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-rondo" $release | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{- define "rondo.selector" -}}
app.kubernetes.io/name: rondo
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "rondo.labels" -}}
{{ include "rondo.selector" . }}
{{ include "rondo.version" . }}
{{- end }}

{{/* Of the pods of jobs, which no service and no budget selects. */}}
{{- define "rondo.jobLabels" -}}
app.kubernetes.io/name: rondo-job
app.kubernetes.io/instance: {{ .Release.Name }}
{{ include "rondo.version" . }}
{{- end }}

{{- define "rondo.version" -}}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "rondo.image" -}}
{{- with .Values.image -}}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ end -}}
{{- end -}}
{{- end }}

{{- define "rondo.account" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "rondo.name" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end }}

{{- define "rondo.rootSecret" -}}
{{- .Values.root.existingSecret | default (printf "%s-root" (include "rondo.name" .)) -}}
{{- end }}

{{- define "rondo.tokenSecret" -}}
{{- .Values.joinToken.existingSecret | default (printf "%s-join-token" (include "rondo.name" .)) -}}
{{- end }}

{{- define "rondo.adminSecret" -}}
{{- .Values.admin.existingSecret | default (printf "%s-admin-tls" (include "rondo.name" .)) -}}
{{- end }}

{{- define "rondo.tlsSecret" -}}
{{- .Values.tls.existingSecret | default (printf "%s-s3-tls" (include "rondo.name" .)) -}}
{{- end }}

{{- define "rondo.nodesDomain" -}}
{{ include "rondo.name" . }}-nodes.{{ .Release.Namespace }}.svc
{{- end }}

{{/* Every node's address: whichever of them answers lets a new one in. */}}
{{- define "rondo.seeds" -}}
{{- $seeds := list -}}
{{- range $index := until (int .Values.nodes) -}}
{{- $seeds = append $seeds (printf "%s-%d.%s:9002" (include "rondo.name" $) $index (include "rondo.nodesDomain" $)) -}}
{{- end -}}
{{- join "," $seeds -}}
{{- end }}

{{/* Where S3 answers inside the cluster. */}}
{{- define "rondo.endpoint" -}}
{{ ternary "https" "http" .Values.tls.enabled }}://{{ include "rondo.name" . }}.{{ .Release.Namespace }}.svc:{{ .Values.service.port }}
{{- end }}

{{/* The hosts of an ingress or a route, as a list in YAML: those that are given, or the domains with their subdomains. */}}
{{- define "rondo.hosts" -}}
{{- $hosts := .given -}}
{{- if not $hosts -}}
{{- range $setting := list "domain" "websiteDomain" -}}
{{- range $domain := splitList "," (include "rondo.text" (index $.root.Values.config $setting)) -}}
{{- if $domain }}{{ $hosts = concat $hosts (list (trim $domain) (printf "*.%s" (trim $domain))) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml $hosts -}}
{{- end }}
