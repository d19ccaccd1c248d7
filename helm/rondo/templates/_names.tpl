{{- define "rondo.name" -}}
{{- if contains "rondo" .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-rondo" .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{- define "rondo.selector" -}}
app.kubernetes.io/name: rondo
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "rondo.labels" -}}
{{ include "rondo.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "rondo.rootSecret" -}}
{{- .Values.root.existingSecret | default (printf "%s-root" (include "rondo.name" .)) -}}
{{- end }}

{{- define "rondo.tokenSecret" -}}
{{- .Values.joinToken.existingSecret | default (printf "%s-join-token" (include "rondo.name" .)) -}}
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
